#!/usr/bin/python3
"""Writes the openpyxl workbooks of this folder, as Excel would: see README.md. Run by make.sh."""
import datetime
import sys

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1]


def kinds():
    """One column a kind of cell; row 3 is blank, row 5 is far below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Kinds"
    sheet.append(["text", "whole", "decimal", "flag", "day", "moment", "clock", "padded", "percent",
                  "sum", "error", "phone"])
    sheet.append(["007", 42, 0.1, True, datetime.date(2024, 2, 29),
                  datetime.datetime(2024, 2, 29, 13, 30, 5), datetime.time(7, 5), 345, 0.25,
                  "=B2*2", "#N/A", 35391555000])
    sheet.cell(5, 1, "zażółć & <gęślą>\njaźń")
    sheet.cell(5, 3, 1234.5)
    for column, form in (("E", "dd/mm/yyyy"), ("F", "[$-409]d mmm yyyy h:mm AM/PM"),
                         ("G", "hh:mm"), ("H", "00000"), ("I", "0.0%"), ("C", '[Red]#,##0.00"y"')):
        for row in (2, 5):
            sheet[f"{column}{row}"].number_format = form
    book.save(f"{folder}/kinds.xlsx")


def sheets():
    """Visible, hidden and very hidden sheets; an empty one; a merged area; names to tidy."""
    book = Workbook()
    first = book.active
    first.title = "Key Accounts"
    first.append(["Report of today"])
    first.append([])
    first.append(["Name", "Name", None, " Tax\n No "])
    first.append(["Acme", "Berlin", "note", "0012"])
    first.append(["Beta", "Bonn", None, "0013"])
    first.merge_cells("A7:A8")
    first["A7"] = "Gamma"
    first["B7"], first["B8"] = "Graz", "Genf"
    first["J30"].fill = PatternFill("solid", fgColor="FFFF00")
    hidden = book.create_sheet("Secret")
    hidden.append(["id"])
    hidden.append([1])
    hidden.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.save(f"{folder}/sheets.xlsx")


def mac():
    """Counts days from 1904."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "Mac"
    book.active.append(["day"])
    book.active.append([datetime.date(2024, 2, 29)])
    book.save(f"{folder}/mac1904.xlsx")


def customers():
    """Plain data for the converters of make.sh to write in their own ways."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Customers"
    sheet.append(["No", "Name", "Since", "Seen", "Balance", "Active", "Zip", "Note"])
    rows = [("0001", "Ann Example", datetime.date(2001, 5, 6), datetime.datetime(2024, 1, 2, 3, 4, 5),
             12.5, True, 1234, "two  blanks"),
            ("0002", "Bob Example", datetime.date(1999, 12, 31),
             datetime.datetime(2023, 12, 31, 23, 59, 59), -7, False, 99, "line one\nline two"),
            ("0003", "Čeněk Ukázka", None, None, None, None, None, None)]
    for row in rows:
        sheet.append(row)
    for row in range(2, 5):
        sheet.cell(row, 7).number_format = "00000"
        sheet.cell(row, 4).number_format = "yyyy-mm-dd hh:mm:ss"
    other = book.create_sheet("Merged")
    other.append(["Region", "Town"])
    other["A2"], other["B2"], other["B3"] = "North", "Kiel", "Husum"
    other.merge_cells("A2:A3")
    quiet = book.create_sheet("Quiet")
    quiet.append(["id"])
    quiet.append([1])
    quiet.sheet_state = "hidden"
    book.save(f"{folder}/customers.xlsx")


def formulas():
    """Formulas of each kind of result; make.sh has LibreOffice compute and store them."""
    book = Workbook()
    book.active.title = "Formulas"
    book.active.append(["number", "text", "flag", "error", "blank", "negative"])
    book.active.append(["=1+1", '="a"&"b"', "=1=1", "=1/0", '=""', "=0-1.5"])
    book.active.append(["=A2*2", '=B2&"x"', "=1=2", "=NA()", '=""', "=-3"])
    book.save(f"{folder}/formulas.xlsx")


formulas()
kinds()
sheets()
mac()
customers()
