# replaces: diagnosis
# caught by: diagnosis-e-h
# says: compare the logits
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["H"] = "silent"
