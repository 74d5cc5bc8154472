package rule_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kezhi/internal/rule"
)

func TestJSONSchemaIsSound(t *testing.T) {
	data := rule.JSONSchema()
	if string(data) != string(rule.JSONSchema()) {
		t.Error("two calls give two schemas")
	}
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	defs, _ := schema["$defs"].(map[string]any)
	refs := 0
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			if ref, ok := x["$ref"].(string); ok {
				refs++
				if _, found := defs[strings.TrimPrefix(ref, "#/$defs/")]; !found {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, child := range x {
				walk(child)
			}
		case []any:
			for _, child := range x {
				walk(child)
			}
		}
	}
	walk(schema)
	if refs < 20 {
		t.Errorf("only %d references", refs)
	}
	props, _ := schema["properties"].(map[string]any)
	for _, key := range []string{"rulebook", "measures", "scorecards", "grades", "duties", "settings"} {
		p, _ := props[key].(map[string]any)
		if text, _ := p["description"].(string); text == "" {
			t.Errorf("%s has no description", key)
		}
	}
}
