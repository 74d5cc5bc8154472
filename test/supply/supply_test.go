package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLicencesAreKnownByTheirText(t *testing.T) {
	bsd := "Redistributions of source code must\nretain the above. Redistributions in binary form must  reproduce the above."
	for want, text := range map[string]string{
		"MIT":          "Permission is hereby granted, free of charge, to any person\nThe above copyright notice and this permission notice shall be included",
		"Apache-2.0":   "Apache License\n  Version 2.0, January 2004",
		"ISC":          "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted",
		"BSD-2-Clause": bsd,
		"BSD-3-Clause": bsd + " Neither the name of the copyright holder",
		"":             "GNU GENERAL PUBLIC LICENSE Version 3. Apache License Version 2.0 is compatible.",
	} {
		if got := licenceOf(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	own, err := os.ReadFile(filepath.Join("..", "..", "LICENSE"))
	if err != nil || licenceOf(string(own)) == "" {
		t.Errorf("the product's own: %v", err)
	}
}

func TestOnlyPermissiveLicencesPass(t *testing.T) {
	for expression, want := range map[string]bool{
		"MIT": true, "(MIT OR GPL-3.0)": true, "MIT AND ISC": true, "MIT AND GPL-2.0": false, "GPL-3.0-only": false, "MPL-2.0": false, "AGPL-3.0": false, "": false, "SEE LICENSE IN x": false,
	} {
		if got := refused([]part{{Name: "x", Licence: expression}}); (len(got) == 0) != want {
			t.Errorf("%q: %v", expression, got)
		}
	}
}

func TestPackagesForDevelopmentAreNotInTheProduct(t *testing.T) {
	list, err := npmPackages([]byte(`{"packages":{"":{"version":"1"},"node_modules/a":{"version":"1.0.0","license":"MIT"},"node_modules/b":{"version":"2","dev":true,"license":"GPL-3.0"},
		"node_modules/a/node_modules/@s/c":{"version":"3.1.0","license":"ISC"}}}`))
	if err != nil || len(list) != 2 || list[0].Name != "@s/c" || list[1].Name != "a" {
		t.Fatalf("%v, %v", list, err)
	}
	text, err := json.Marshal(billOf(list))
	if err != nil || !strings.Contains(string(text), `"purl":"pkg:npm/%40s/c@3.1.0","licenses":[{"expression":"ISC"}]`) || !strings.Contains(string(text), `"bomFormat":"CycloneDX"`) {
		t.Fatalf("%s, %v", text, err)
	}
	if _, err := npmPackages([]byte("no JSON")); err == nil {
		t.Error("a damaged lock file passes")
	}
}

func TestAnAuditThatDidNotHappenIsNotAClean(t *testing.T) {
	for text, want := range map[string]struct {
		found   int
		checked bool
	}{
		`{"metadata":{"vulnerabilities":{"total":0}}}`: {0, true},
		`{"metadata":{"vulnerabilities":{"total":3}}}`: {3, true},
		`{"error":{"code":"ENOAUDIT"}}`:                {0, false},
		"":                                             {0, false},
	} {
		if found, checked := npmAudit([]byte(text)); found != want.found || checked != want.checked {
			t.Errorf("%q: %d, %v", text, found, checked)
		}
	}
}
