"""What nbgrader's own commands and pages need to know about this course folder."""

from nbgrader.preprocessors import NbGraderPreprocessor


class Refuse(NbGraderPreprocessor):
    """Student code must not run outside the sandbox, nor a page go out that shows the hidden tests."""

    def preprocess(self, nb, resources):
        raise RuntimeError("In this course `nlpcourse grade` runs submissions and writes feedback.")


c = get_config()  # noqa: F821 - nbgrader defines it
c.CourseDirectory.course_id = "nlpcourse"
c.Autograde.sanitize_preprocessors = [Refuse]
c.Autograde.autograde_preprocessors = [Refuse]
c.GenerateFeedback.preprocessors = [Refuse]
# The pages on which a teacher marks answers show what students wrote: nothing in it may run.
c.HTMLExporter.sanitize_html = True
