"""Records as a grid: names × epochs."""


def grid(records, *statistics):
    """The names in `records`, and a row of numbers for each.

    Args:
        records: One {name: {statistic: number}} an epoch.
        *statistics: Names of statistics; each entry shows the first that it
            has.

    Returns:
        (names, rows); None where an epoch has no such number.
    """
    names = dict.fromkeys(
        name
        for record in records
        for name, entry in record.items()
        if any(s in entry for s in statistics)
    )
    rows = [
        [
            next((entry[s] for s in statistics if s in entry), None)
            for entry in (record.get(name, {}) for record in records)
        ]
        for name in names
    ]
    return list(names), rows
