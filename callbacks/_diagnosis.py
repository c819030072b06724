def diagnose(h): return []
