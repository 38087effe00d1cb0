# replaces: diagnosis
# caught by: diagnosis-stops
# says: run each one
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["D"] = "stops"
