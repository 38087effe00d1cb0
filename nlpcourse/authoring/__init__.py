"""What keeps the notebooks true: the runner, the checks, the run report, the links and the doctor.

No chapter imports anything from here, and Colab never installs what it needs (the extra `nlpcourse[authoring]`).
"""
