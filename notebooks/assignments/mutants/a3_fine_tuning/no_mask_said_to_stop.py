# replaces: diagnosis
# caught by: diagnosis-a-d
# says: run each change
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["D"] = "stops"
