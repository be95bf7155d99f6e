from atom_skill import ctx, run, skill


@skill(examples=["sum up sales.csv"], complexity=1, permissions={"fs": {"read": ["**/*.csv"]}})
def csv_sums(path: str, column: str = ""):
    """Counts the rows of a CSV file and sums up its numbers, in one column or in all."""
    import csv, io

    table = csv.DictReader(io.StringIO(ctx.read(path)))
    rows, names = list(table), list(table.fieldnames or [])
    if column and column not in names:
        raise ValueError(f"There is no column {column}. There are: {', '.join(names)}.")
    sums = {name: sum_of(rows, name) for name in ([column] if column else names)}
    words = [f"{name}: {total:g}" for name, total in sums.items() if total is not None]
    return {"text": "\n".join([f"{len(rows)} rows", *words]), "rows": len(rows), "sums": sums}


def sum_of(rows, name):
    try:
        return sum(float(row[name]) for row in rows)
    except (TypeError, ValueError):
        return None  # Not all of them are numbers.


run()
