package infoclass

import "testing"

func TestMaskShowsTheLittleThatAClassAllows(t *testing.T) {
	for _, c := range []struct {
		key   string
		class Class
		value string
		want  string
	}{
		{ContactPhone, B, "+8613812345678", "138****5678"},
		{ContactPhone, B, "13812345678", "138****5678"},
		{ContactPhone, B, "110", "****"},
		{ContactPhone, A, "+8613812345678", "****"},
		{ContactEmail, B, "wang@example.com", "w***@example.com"},
		{IDCard, A, "110101199003074610", "****"},
		{"identifier.other", B, "6222020200112233445", "****3445"},
		{"customer.address", B, "北京市朝阳区建国路 1 号", "****"},
		{"customer.address", B, "", ""},
	} {
		got := Mask(c.key, c.class, c.value)
		if got != c.want {
			t.Errorf("%s %s %q: %q, want %q", c.key, c.class, c.value, got, c.want)
		}
		if c.value != "" && !MaskOf(c.key, got, c.value) {
			t.Errorf("%q is not known again as the mask of %q", got, c.value)
		}
	}
}

func TestNumbersOfPeopleAreFoundInTexts(t *testing.T) {
	hide := func(key, value string) string { return "<" + key + ":" + value + ">" }
	for text, want := range map[string]string{
		"打 138 1234 5678 找王经理":     "打 <contact.phone:13812345678> 找王经理",
		"+8613812345678":           "<contact.phone:+8613812345678>",
		"身份证 11010119900307461X。":  "身份证 11010119900307461X。", // a wrong check digit: not a number of a person
		"身份证 110101199003074610。":  "身份证 <identifier.id_card:110101199003074610>。",
		"write to a.b@example.com": "write to <contact.email:a.b@example.com>",
		"订单 20260301123456789 已发出": "订单 20260301123456789 已发出",
	} {
		if got := inText(text, hide); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAFieldNobodyKnowsIsStrictlySecret(t *testing.T) {
	book := Book{"customer.address": {"customer.address", B, false}}
	for _, c := range []struct {
		key   string
		level Class
		want  Class
	}{
		{"made.up", "", A},
		{"custom.", "", A},
		{"custom.bank_account", "", C},
		{"custom.bank_account", A, A},
		{ContactPhone, "", B},
		{ContactPhone, A, A},
		{"contact.title", A, C},
		{"customer.address", A, B},
		{"fact.visit", B, B},
		{IDCard, B, A},
	} {
		if got := book.At(c.key, c.level); got != c.want {
			t.Errorf("%s at a customer of level %q: %s, want %s", c.key, c.level, got, c.want)
		}
	}
}
