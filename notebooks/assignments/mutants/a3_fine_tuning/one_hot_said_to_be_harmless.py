# replaces: diagnosis
# caught by: diagnosis-silent
# says: more of the changes are silent
diagnosis = {
    **dict.fromkeys("BCGJ", "stops"),
    **dict.fromkeys("ADEFI", "silent"),
    **dict.fromkeys("HK", "harmless"),
}
diagnosis["F"] = "harmless"
