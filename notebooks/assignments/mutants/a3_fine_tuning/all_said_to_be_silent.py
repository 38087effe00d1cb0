# replaces: diagnosis
# caught by: diagnosis-test
# says: each of the words
diagnosis = dict.fromkeys("ABCDEFGHIJK", "silent")
