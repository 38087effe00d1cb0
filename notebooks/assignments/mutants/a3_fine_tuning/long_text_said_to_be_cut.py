# replaces: diagnosis
# caught by: diagnosis-e-h
# says: from E to H, 1 of 4
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["G"] = "harmless"
