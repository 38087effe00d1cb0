"""Assignments: built from one source notebook, proven, and graded in a sandbox. Never imported by a chapter.

How a submission is graded. Two processes share the work, and only plain data passes between them:

    the sandbox (`_inside.py`)                      the judge (`judge.py`)
    runs the student's cells and functions   <-->   runs the test cells, and alone decides

A test cell is ordinary Python that also runs on Colab. When it is graded, each name that it takes from the student's
notebook stands for a value fetched from the sandbox or for a function that is called there. So no test, no expected
answer and no gradebook ever lies where the student's code could read or change it.
"""
