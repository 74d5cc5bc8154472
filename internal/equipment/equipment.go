package equipment

import (
	"cmp"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/fact"
	"kezhi/internal/procedure"
)

// KindInstallation is the kind of the facts that say what a customer has installed.
const KindInstallation = "installation"

// StatusRemoved marks a machine that is no longer in use.
const StatusRemoved = "removed"

// FieldSerial is the entry of a start form that names the machine a case is about, and the field of a fact with its serial number.
const FieldSerial = "serial"

// Machine is a piece of equipment of a customer, as the newest fact about it says.
type Machine struct {
	FactID        int64
	Serial        string
	Product       string
	Place         string
	Contract      string
	Document      string
	InstalledOn   calendar.Date
	WarrantyUntil calendar.Date // the last day; None = not known
	Removed       bool
	Cases         []procedure.AnsweredCase // that the person may see, newest first
}

// Covered says whether the warranty holds on a day.
func (m *Machine) Covered(on calendar.Date) bool {
	return m.WarrantyUntil != calendar.None && on <= m.WarrantyUntil
}

// keyOf gives a serial number as it is compared: people write the same one in capitals or not, with blanks or without.
func keyOf(serial string) string {
	return strings.ToUpper(strings.Join(strings.Fields(serial), ""))
}

// machines reads facts, the newest first, as machines: the newest one of a serial number speaks, with what only an earlier one said.
func machines(facts []fact.Fact) []Machine {
	at := map[string]int{}
	var out []Machine
	for i := range facts {
		f := &facts[i]
		if f.Reversed || f.Reverses != 0 {
			continue
		}
		m := machineOf(f)
		key := keyOf(m.Serial)
		n, known := at[key]
		if key == "" || !known {
			at[key] = len(out)
			out = append(out, m)
			continue
		}
		newer := &out[n]
		newer.Product, newer.Place, newer.Contract = cmp.Or(newer.Product, m.Product), cmp.Or(newer.Place, m.Place), cmp.Or(newer.Contract, m.Contract)
		newer.Document = cmp.Or(newer.Document, m.Document)
		newer.InstalledOn = m.InstalledOn // it was there since the first of them
		if newer.WarrantyUntil == calendar.None {
			newer.WarrantyUntil = m.WarrantyUntil
		}
	}
	slices.SortStableFunc(out, func(a, b Machine) int {
		if a.Removed != b.Removed {
			if a.Removed {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.InstalledOn, a.InstalledOn), cmp.Compare(a.Serial, b.Serial))
	})
	return out
}

func machineOf(f *fact.Fact) Machine {
	text := func(name string) string { return strings.TrimSpace(fact.Attr(f.Attrs, name)) }
	m := Machine{
		FactID: f.ID, Serial: text(FieldSerial), Product: f.Product, Place: text("place"), Contract: text("contract"), Document: f.Document, InstalledOn: f.On,
		WarrantyUntil: calendar.None, Removed: strings.EqualFold(f.Status, StatusRemoved) || slices.Contains([]string{"已拆除", "拆除", "停用", "已停用", "报废"}, f.Status),
	}
	m.WarrantyUntil = dayIn(text("warranty_until"))
	return m
}

// dayIn reads a day as files write it: 2028-01-05, 2028/1/5, 2028.1.5 or 2028年1月5日; None when it is none.
func dayIn(text string) calendar.Date {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/.年月日 T", r) })
	if len(parts) < 3 {
		return calendar.None
	}
	for i := range parts[:3] {
		if len(parts[i]) == 1 {
			parts[i] = "0" + parts[i]
		}
	}
	d, err := calendar.Parse(strings.Join(parts[:3], "-"))
	if err != nil {
		return calendar.None
	}
	return d
}
