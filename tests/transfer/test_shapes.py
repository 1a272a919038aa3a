import pytest

from aperto.transfer.shapes import date_order_of, decimal_of, looks_like_value, shape_of


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["jan@x.example", "", "ana@y.example"], "email"),
        (["+31 10 555 0142", "010 555 01 43"], "phone"),
        (["https://x.example", "www.y.example"], "url"),
        (["31/12/2025", "2025-01-02 10:00"], "date"),
        (["12,50", "1.234,56"], "number"),
        (["12", "1500"], "number"),
        (["Breda", "Delft"], ""),
        (["", " "], ""),
        (["jan@x.example", "n.v.t."], ""),
    ],
)
def test_shape_is_what_most_cells_look_like(cells: list[str], expected: str) -> None:
    assert shape_of(cells) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,56", "12"], ","),
        (["1,234.56"], "."),
        (["12,5"], ","),
        (["12.50"], "."),
        (["1.234"], ""),
        (["1.234.567"], ""),
        (["1,234", "0,5"], ","),
        (["€ 12,00", "USD 1.5"], ""),
        ([], ""),
    ],
)
def test_decimal_sign_is_told_only_where_it_is_sure(cells: list[str], expected: str) -> None:
    assert decimal_of(cells) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["01/02/2025", "31/12/2025"], "DMY"),
        (["01/02/2025", "12/31/2025"], "MDY"),
        (["2025-01-02"], "YMD"),
        (["01/02/2025"], None),
        (["soon"], None),
    ],
)
def test_order_of_dates_is_told_only_where_it_is_sure(cells: list[str], expected: str | None) -> None:
    assert date_order_of(cells) == expected


@pytest.mark.parametrize("cell", ["jan@x.example", "12.50", "2025-01-01", "https://x.example"])
def test_values_are_no_names_of_columns(cell: str) -> None:
    assert looks_like_value(cell)
    assert not looks_like_value("Address 1")
