"""What nbgrader's own commands and pages need to know about this course folder."""

c = get_config()  # noqa: F821 - nbgrader defines it
c.CourseDirectory.course_id = "nlpcourse"
# The pages on which a teacher marks answers show what students wrote: nothing in it may run.
c.HTMLExporter.sanitize_html = True
