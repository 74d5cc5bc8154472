package rule

import (
	"encoding/json"
	"reflect"
	"strings"
)

// JSONSchema gives a JSON Schema (draft 2020-12) of rulebook.yaml, made from the types the parser fills, so that any
// editor completes and checks a rulebook. The definition "cases" describes cases.yaml.
func JSONSchema() []byte {
	g := schemaMaker{defs: map[string]any{}}
	root := g.object(reflect.TypeFor[spec]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Kezhi rulebook"
	g.defs["cases"] = map[string]any{"type": "array", "items": g.of(reflect.TypeFor[caseSpec]())}
	root["$defs"] = g.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil // plain maps and strings always encode
	}
	return append(out, '\n')
}

// schemaMaker turns spec types into schemas; every struct becomes a definition.
type schemaMaker struct{ defs map[string]any }

var scalarSchema = map[string]any{"type": []string{"string", "number", "boolean"}}

func (g *schemaMaker) of(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[word]():
		return scalarSchema
	case reflect.TypeFor[words]():
		return anyOf(scalarSchema, map[string]any{"type": "array", "items": scalarSchema})
	case reflect.TypeFor[titleNode]():
		return anyOf(map[string]any{"type": "string"}, g.ref(reflect.TypeFor[titleKeys]()))
	case reflect.TypeFor[windowSpec](), reflect.TypeFor[withinSpec]():
		return anyOf(map[string]any{"type": "string"}, g.ref(t))
	case reflect.TypeFor[bandSpec]():
		return anyOf(map[string]any{"type": "array", "minItems": 2, "maxItems": 2, "items": scalarSchema}, g.ref(t))
	case reflect.TypeFor[adoptedBySpec]():
		return anyOf(scalarSchema, g.ref(t))
	case reflect.TypeFor[condSpec]():
		return anyOf(g.of(reflect.TypeFor[words]()), g.ref(reflect.TypeFor[boundSpec]()))
	case reflect.TypeFor[ratesNode]():
		return anyOf(map[string]any{"enum": []string{keptRates}}, map[string]any{"type": "array", "items": g.ref(reflect.TypeFor[rateSpec]())})
	case reflect.TypeFor[gradesNode]():
		one := g.ref(reflect.TypeFor[gradesSpec]())
		return anyOf(one, map[string]any{"type": "array", "minItems": 1, "maxItems": maxSchemes, "items": one})
	case reflect.TypeFor[limitTimeSpec]():
		return anyOf(scalarSchema, g.ref(t))
	case reflect.TypeFor[waysOn]():
		return oneOrMany(anyOf(scalarSchema, g.ref(reflect.TypeFor[waySpec]())))
	case reflect.TypeFor[actors]():
		return oneOrMany(anyOf(scalarSchema, g.ref(reflect.TypeFor[actorSpec]())))
	case reflect.TypeFor[answerSpec]():
		row := map[string]any{"type": "object"}
		return anyOf(scalarSchema, map[string]any{"type": "array", "items": anyOf(scalarSchema, row)})
	case reflect.TypeFor[relationCase]():
		return map[string]any{"type": "array", "minItems": 3, "maxItems": 3, "items": scalarSchema}
	case reflect.TypeFor[factCase]():
		return map[string]any{
			"type": "object", "minProperties": 1, "maxProperties": 1,
			"additionalProperties": map[string]any{"type": "object", "additionalProperties": scalarSchema},
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.of(t.Elem())}
	default:
		if list, ok := t.FieldByName("List"); ok {
			value, _ := list.Type.Elem().FieldByName("Value")
			return map[string]any{"type": "object", "additionalProperties": g.of(value.Type)}
		}
		return g.ref(t)
	}
}

func anyOf(options ...map[string]any) map[string]any {
	return map[string]any{"anyOf": options}
}

// oneOrMany is something that may stand alone or in a list.
func oneOrMany(one map[string]any) map[string]any {
	return anyOf(one, map[string]any{"type": "array", "items": one})
}

// ref makes the definition of a struct once and refers to it.
func (g *schemaMaker) ref(t reflect.Type) map[string]any {
	name := strings.TrimSuffix(t.Name(), "Spec")
	if _, done := g.defs[name]; !done {
		g.defs[name] = map[string]any{}
		g.defs[name] = g.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (g *schemaMaker) object(t reflect.Type) map[string]any {
	props := map[string]any{}
	required := []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("yaml")
		if tag == "" {
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		if rest == "required" {
			required = append(required, name)
		}
		props[name] = g.property(&f)
	}
	out := map[string]any{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// property adds the description and the allowed words of a field to its schema. A value may always be a {setting}.
func (g *schemaMaker) property(f *reflect.StructField) map[string]any {
	out := map[string]any{}
	for k, v := range g.of(f.Type) {
		out[k] = v
	}
	if enum := f.Tag.Get("enum"); enum != "" {
		var values []any
		for _, w := range strings.Split(enum, "|") {
			switch w {
			case "true":
				values = append(values, true)
			case "false":
				values = append(values, false)
			default:
				values = append(values, w)
			}
		}
		out = anyOf(map[string]any{"enum": values}, map[string]any{"type": "string", "pattern": `^\{\s*[A-Za-z0-9_]+\s*\}$`})
	}
	if doc := f.Tag.Get("doc"); doc != "" {
		out["description"] = doc
	}
	return out
}
