package sheet

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

func TestParseDateTime(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for text, want := range map[string]string{
		"2011-12-09":          "2011-12-09",
		"2011-12-09 08:26":    "2011-12-09 08:26:00",
		"2010-12-01 08:26:00": "2010-12-01 08:26:00",
		"2011/12/9 08:26":     "2011-12-09 08:26:00",
		"2011.12.9":           "2011-12-09",
		"20111209":            "2011-12-09",
		"20111209082600":      "2011-12-09 08:26:00",
		"2011年12月9日":          "2011-12-09",
		"2011年12月9日8时26分":     "2011-12-09 08:26:00",
		"2011年12月9日 下午3:05":   "2011-12-09 15:05:00",
		"２０１１／１２／０９　０８：２６": "2011-12-09 08:26:00",
		"9 Dec 2011":                "2011-12-09",
		"December 9, 2011":          "2011-12-09",
		"9-Dec-2011 3:05 PM":        "2011-12-09 15:05:00",
		"12/25/2010":                "2010-12-25",
		"25/12/2010":                "2010-12-25",
		"5/5/2010 12:00 AM":         "2010-05-05 00:00:00",
		"2011-12-09T23:30:00Z":      "2011-12-10 07:30:00",
		"2011-12-09T23:30:00+08:00": "2011-12-09 23:30:00",
		"2011-12-09T08:26:00.5":     "2011-12-09 08:26:00",
		"2024-02-29":                "2024-02-29",
		"2024-02-29 中午11:30":        "2024-02-29 11:30:00",
		"2024-02-29 中午1:30":         "2024-02-29 13:30:00",
		"2024-02-29 凌晨12:30":        "2024-02-29 00:30:00",
		"2024-02-29 下午15:05":        "2024-02-29 15:05:00",
		"2024-02-29 12:30 PM":       "2024-02-29 12:30:00",
	} {
		got, err := ParseDateTime(text, DateOptions{Zone: shanghai})
		if err != nil || show(got) != want {
			t.Errorf("%s: %s %v, want %s", text, show(got), err, want)
		}
	}
	for _, c := range []struct {
		text string
		opt  DateOptions
		want string
	}{
		{"12/9/2010", DateOptions{Order: OrderMonthDay}, "2010-12-09"},
		{"12/9/2010 8:26", DateOptions{Order: OrderDayMonth}, "2010-09-12 08:26:00"},
		{"40886", DateOptions{Serial: true}, "2011-12-09"},
		{"40886.3513888889", DateOptions{Serial: true}, "2011-12-09 08:26:00"},
		{"1", DateOptions{Serial: true}, "1900-01-01"},
		{"61", DateOptions{Serial: true}, "1900-03-01"},
		{"2958465", DateOptions{Serial: true}, "9999-12-31"},
		{"39424", DateOptions{Serial: true, From1904: true}, "2011-12-09"},
		{"20111209", DateOptions{Serial: true}, "2011-12-09"},
	} {
		if got, err := ParseDateTime(c.text, c.opt); err != nil || show(got) != c.want {
			t.Errorf("%s: %s %v, want %s", c.text, show(got), err, c.want)
		}
	}
}

func show(d DateTime) string {
	if !d.HasTime {
		return d.Date.String()
	}
	s := d.Micros / 1e6
	return fmt.Sprintf("%s %02d:%02d:%02d", d.Date, s/3600, s/60%60, s%60)
}

func TestDatesThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "sheet.value_missing",
		"　":                    "sheet.value_missing",
		"9月31日":                "sheet.date_no_such_day",
		"９月３１日":                "sheet.date_no_such_day",
		"2/30":                 "sheet.date_no_such_day",
		"2026-09-31":           "sheet.date_no_such_day",
		"2023-02-29":           "sheet.date_no_such_day",
		"20110230":             "sheet.date_no_such_day",
		"2011年2月30日":           "sheet.date_no_such_day",
		"31 Sep 2011":          "sheet.date_no_such_day",
		"2026-13-01":           "sheet.date_no_such_month",
		"25/25/2010":           "sheet.date_no_such_month",
		"2026-00-01":           "sheet.date_no_such_month",
		"9月30日":                "sheet.date_no_year",
		"2/28":                 "sheet.date_no_year",
		"2.28":                 "sheet.date_no_year",
		"12/9/2010":            "sheet.date_ambiguous",
		"12/9/10":              "sheet.date_short_year",
		"11年12月9日":             "sheet.date_short_year",
		"2011-12-09 25:00":     "sheet.date_wrong_time",
		"2011-12-09 08:60":     "sheet.date_wrong_time",
		"2011-12-09 上午15:00":   "sheet.date_wrong_time",
		"2011-12-09 晚上12:00":   "sheet.date_wrong_time",
		"2011-12-09 0:30 PM":   "sheet.date_wrong_time",
		"20111209256000":       "sheet.date_wrong_time",
		"2011-12-09T23:30:00Z": "sheet.date_zone",
		"40886":                "sheet.date_wrong",
		"tomorrow":             "sheet.date_wrong",
		"2011年12月":             "sheet.date_wrong",
		"2011-12":              "sheet.date_wrong",
		"2011-12-09-10":        "sheet.date_wrong",
		"0000-01-01":           "sheet.date_no_year",
	} {
		got, err := ParseDateTime(text, DateOptions{})
		if errs.CodeOf(err) != want {
			t.Errorf("%q: %s %v, want %s", text, show(got), err, want)
		}
	}
	for _, serial := range []string{"60", "0", "0.5", "2958466", "1.2.3"} {
		if got, err := ParseDateTime(serial, DateOptions{Serial: true}); err == nil {
			t.Errorf("serial %s is taken for %s", serial, show(got))
		}
	}
	_, err := ParseDate("9月31日", DateOptions{})
	if e, ok := errs.As(err); !ok || e.Args["month"] != 9 || e.Args["day"] != 31 || e.Args["days"] != 30 || e.Args["text"] != "9月31日" {
		t.Errorf("the error does not name the day: %v", err)
	}
}

func TestEveryDateIsReadInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.IntRange(-25_000, 60_000).Draw(t, "date"))
		y, m, day := d.Civil()
		for _, text := range []string{
			fmt.Sprintf("%04d-%02d-%02d", y, m, day), fmt.Sprintf("%04d/%d/%d", y, m, day), fmt.Sprintf("%04d%02d%02d", y, m, day),
			fmt.Sprintf("%04d年%d月%d日", y, m, day), fmt.Sprintf("%d %s %04d", day, time.Month(m), y), fmt.Sprintf("%d/%d/%04d", day, m, y),
			fmt.Sprint(int(d) + 25569),
		} {
			got, err := ParseDate(text, DateOptions{Order: OrderDayMonth, Serial: true})
			if err != nil || got != d {
				t.Fatalf("%s: %s %v, want %s", text, got, err, d)
			}
		}
	})
}

func TestParseDecimal(t *testing.T) {
	for text, want := range map[string]string{
		"12": "12", "-12.50": "-12.50", "+3": "3", "１，２３４．５０": "1234.50", "1,234.50": "1234.50", "1 234.50": "1234.50", "1'234": "1234",
		"￥1,234.50": "1234.50", "¥ 12": "12", "$12": "12", "1234元": "1234", "人民币1,000元整": "1000", "1.5万": "15000", "1.5万元": "15000",
		"3.25亿": "325000000", "2千万元": "20000000", "1.2万亿": "1200000000000", "(1,234.50)": "-1234.50", "（12）": "-12", "12-": "-12", "-¥12": "-12", "¥-12": "-12",
		"12.5%": "0.125", "５％": "0.05", "3‰": "0.003", "1.2E3": "1200", "1e-2": "0.01", ".5": "0.5", "5.": "5", "0": "0", "-0.00": "0.00", "000123": "123",
		"2.095": "2.095", "－5": "-5", "−5": "-5",
	} {
		got, err := ParseDecimal(text, NumberOptions{})
		if err != nil || got.String() != want {
			t.Errorf("%s: %s %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{"1.234,50": "1234.50", "1 234,50": "1234.50", "1234,5": "1234.5", "1.234": "1234", "-1234": "-1234"} {
		got, err := ParseDecimal(text, NumberOptions{DecimalComma: true})
		if err != nil || got.String() != want {
			t.Errorf("%s: %s %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"": "sheet.value_missing", "abc": "sheet.number_wrong", "1,50": "sheet.number_grouping", "12,34,567": "sheet.number_grouping", "1.234,50": "sheet.number_grouping",
		"1.2.3": "sheet.number_grouping", "--5": "sheet.number_wrong", "-5-": "sheet.number_wrong", "(5": "sheet.number_wrong", "(-5)": "sheet.number_wrong", "-": "sheet.number_wrong", "元": "sheet.number_wrong",
		"12345678901234567890": "sheet.number_too_long", "1234567890123456789": "sheet.number_too_long", "999999999999亿": "sheet.number_too_long", "1E99": "sheet.number_too_long", "1E-99": "sheet.number_too_long",
		"1E400": "sheet.number_wrong", "0x10": "sheet.number_wrong", "NaN": "sheet.number_wrong", "1/2": "sheet.number_wrong", "#N/A": "sheet.number_wrong",
	} {
		if got, err := ParseDecimal(text, NumberOptions{}); errs.CodeOf(err) != want {
			t.Errorf("%q: %s %v, want %s", text, got, err, want)
		}
	}
}

func TestDecimalsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[1-9][0-9]{0,10}(\.[0-9]{1,6})?`).Draw(t, "number")
		unit := rapid.SampledFrom([]string{"", "万", "%", "元", "E2"}).Draw(t, "unit")
		got, err := ParseDecimal(text+unit, NumberOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want, _ := new(big.Rat).SetString(text)
		switch unit {
		case "万":
			want.Mul(want, big.NewRat(10000, 1))
		case "%":
			want.Quo(want, big.NewRat(100, 1))
		case "E2":
			want.Mul(want, big.NewRat(100, 1))
		}
		if have, ok := new(big.Rat).SetString(got.String()); !ok || have.Cmp(want) != 0 {
			t.Fatalf("%s%s is read as %s", text, unit, got)
		}
	})
}

func TestParseID(t *testing.T) {
	for text, want := range map[string]string{
		"17850.0": "17850", " 17850 ": "17850", "１７８５０": "17850", "KH-001": "KH-001", "1.5": "1.5", "00123": "00123", "1.0.0": "1.0.0", "12E+": "12E+", "1E+x": "1E+x",
	} {
		if got, err := ParseID(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"": "sheet.value_missing", "4.40524E+17": "sheet.id_scientific", "1E+05": "sheet.id_scientific"} {
		if _, err := ParseID(text); errs.CodeOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTidyNumber(t *testing.T) {
	for text, want := range map[string]string{
		"2.5499999999999998": "2.55", "0.10000000000000001": "0.1", "1.785E4": "17850", "9.9999999999999996E-2": "0.1", "-3.2999999999999998": "-3.3",
		"99999999999999999": "100000000000000000", "1E300": "1E300", "x": "x", "12": "12", "": "", "1E": "1E", "0.0000000000000000": "0",
	} {
		if got := tidyNumber(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestColumnName(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnName(i); got != want || columnIndex(strings.ToLower(got)+"7") != i {
			t.Errorf("%d: %s", i, got)
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"2011年12月9日 下午3:05", "1,234.50", "（￥1.5万元）", "12/9/2010 08:26", "-5%", "9月31日", "T", "1E5", "上午"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, order := range []DateOrder{OrderUnknown, OrderDayMonth, OrderMonthDay} {
			dt, err := ParseDateTime(s, DateOptions{Order: order, Serial: true, Zone: time.UTC})
			if err == nil && (dt.Date == calendar.None || dt.Micros < 0 || dt.Micros >= 86_400_000_000) {
				t.Fatalf("%q gives %+v", s, dt)
			}
			if _, known := errs.As(err); err != nil && !known {
				t.Fatalf("%q gives %v", s, err)
			}
		}
		for _, comma := range []bool{false, true} {
			if _, err := ParseDecimal(s, NumberOptions{DecimalComma: comma}); err != nil && !strings.HasPrefix(errs.CodeOf(err), "sheet.") {
				t.Fatalf("%q gives %v", s, err)
			}
		}
		if id, err := ParseID(s); err == nil && id == "" {
			t.Fatalf("%q is an empty id", s)
		}
	})
}

func BenchmarkValues(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseDateTime("2010-12-01 08:26:00", DateOptions{}); err != nil {
			b.Fatal(err)
		}
		if _, err := ParseDecimal("2.55", NumberOptions{}); err != nil {
			b.Fatal(err)
		}
		if _, err := ParseID("17850.0"); err != nil {
			b.Fatal(err)
		}
	}
}
