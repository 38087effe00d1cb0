# replaces: most-probable-text
# caught by: most-probable-text-test
# says: no text of one token beats
import math


def most_probable_text(table, start, end, max_length):
    return [2, 3], math.log(0.54)
