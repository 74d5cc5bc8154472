package equipment

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/fact"
)

func onDay(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func installed(n int64, on, product, status, attrs string) fact.Fact {
	return fact.Fact{ID: n, Kind: KindInstallation, On: onDay(on), Product: product, Status: status, Attrs: []byte(attrs)}
}

// The newest fact of a serial number speaks, with what only an earlier one said; what was taken back never was.
func TestFactsReadAsMachines(t *testing.T) {
	wrong := installed(9, "2026-05-01", "错", "", `{"serial":"SN-9"}`)
	wrong.Reversed = true
	list := machines([]fact.Fact{
		wrong,
		installed(8, "2026-04-01", "", "removed", `{"serial":"SN-3"}`),
		installed(7, "2026-03-01", "", "", `{"serial":"sn- 1","place":"三号车间","warranty_until":"2029/1/5"}`),
		installed(6, "2026-02-01", "折弯机", "", `{}`),
		installed(5, "2026-02-01", "折弯机", "", `{}`),
		installed(4, "2026-01-05", "激光切割机", "", `{"serial":"SN-1","place":"二号车间","contract":"HT-1","warranty_until":"2028-01-05"}`),
		installed(3, "2024-01-05", "旧机", "", `{"serial":"SN-3","warranty_until":"2025-01-05"}`),
	})
	if len(list) != 4 {
		t.Fatalf("%d machines: %+v", len(list), list)
	}
	if m := list[2]; m.FactID != 7 || m.Product != "激光切割机" || m.Place != "三号车间" || m.Contract != "HT-1" || m.InstalledOn != onDay("2026-01-05") || m.WarrantyUntil != onDay("2029-01-05") {
		t.Errorf("moved, with a longer warranty: %+v", m)
	}
	if m := list[3]; !m.Removed || m.Product != "旧机" || m.Covered(onDay("2026-04-01")) || !m.Covered(onDay("2025-01-05")) || m.Covered(onDay("2025-01-06")) {
		t.Errorf("out of use, the last: %+v", m)
	}
	if list[0].Serial != "" || list[1].Serial != "" {
		t.Errorf("machines without a number are each their own: %+v", list)
	}
}

func TestDaysAsFilesWriteThem(t *testing.T) {
	for text, want := range map[string]string{"2028-01-05": "2028-01-05", "2028/1/5": "2028-01-05", "2028.1.5": "2028-01-05", "2028年1月5日": "2028-01-05", "2028-01-05T00:00": "2028-01-05"} {
		if got := dayIn(text); got != onDay(want) {
			t.Errorf("%s is %s", text, got)
		}
	}
	for _, text := range []string{"", "two years", "2028-13-01", "2028-1"} {
		if got := dayIn(text); got != calendar.None {
			t.Errorf("%q is %s", text, got)
		}
	}
}
