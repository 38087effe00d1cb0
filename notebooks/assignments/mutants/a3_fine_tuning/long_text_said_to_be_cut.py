# replaces: diagnosis
# caught by: diagnosis-stops
# says: more of the changes stop
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["G"] = "harmless"
