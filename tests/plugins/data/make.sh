#!/bin/sh
# Makes the spreadsheet files of this folder anew. Needs python3-openpyxl, libreoffice and gnumeric.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

/usr/bin/python3 "$folder/make.py" "$folder"
office() {  # FORMAT NAME [INPUT]: customers.xlsx, or INPUT, as LibreOffice writes it
  input=${3:-customers}
  soffice --headless "-env:UserInstallation=file://$scratch/profile" \
    --convert-to "$1" --outdir "$scratch" "$folder/$input.xlsx" >/dev/null
  mv "$scratch/$input.$1" "$folder/$2"
}
office xlsx libreoffice.xlsx
office ods libreoffice.ods
office xls libreoffice.xls
office ods formulas.ods formulas
office xls formulas.xls formulas
office xlsx formulas.xlsx formulas
ssconvert "$folder/customers.xlsx" "$folder/gnumeric.xlsx"
ssconvert "$folder/customers.xlsx" "$folder/gnumeric.ods"
ssconvert --export-type=Gnumeric_Excel:excel_biff8 "$folder/customers.xlsx" "$folder/gnumeric.xls"
