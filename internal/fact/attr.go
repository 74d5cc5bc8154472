package fact

import (
	"bytes"
	"encoding/json"
)

// Attr gives a member of a JSON object as text: a string's content, a number or a truth value as written, "" when absent
// or null. It reads the bytes without decoding the whole object; it runs once per fact. Keys and strings with escapes
// take the slow way.
func Attr(object []byte, name string) string {
	if len(object) <= 2 {
		return ""
	}
	if bytes.IndexByte(object, '\\') >= 0 {
		return slowAttr(object, name)
	}
	p := skipSpace(object, 0)
	if p >= len(object) || object[p] != '{' {
		return ""
	}
	for p++; ; {
		p = skipSpace(object, p)
		if p >= len(object) || object[p] != '"' {
			return ""
		}
		end := endOfString(object, p)
		key := object[p+1 : max(p+1, end-1)]
		p = skipSpace(object, end)
		if p >= len(object) || object[p] != ':' {
			return ""
		}
		p = skipSpace(object, p+1)
		end = endOfValue(object, p)
		if string(key) == name {
			return plain(object[p:end])
		}
		p = skipSpace(object, end)
		if p >= len(object) || object[p] != ',' {
			return ""
		}
		p++
	}
}

// plain takes the quotes off a string; null is nothing.
func plain(value []byte) string {
	if len(value) >= 2 && value[0] == '"' {
		return string(value[1 : len(value)-1])
	}
	if string(value) == "null" {
		return ""
	}
	return string(value)
}

func skipSpace(b []byte, p int) int {
	for p < len(b) && (b[p] == ' ' || b[p] == '\n' || b[p] == '\t' || b[p] == '\r') {
		p++
	}
	return p
}

// endOfString gives the place after the closing quote of a string without escapes that begins at p.
func endOfString(b []byte, p int) int {
	if i := bytes.IndexByte(b[p+1:], '"'); i >= 0 {
		return p + i + 2
	}
	return len(b)
}

// endOfValue gives the place after a value; objects and lists are skipped by counting their brackets.
func endOfValue(b []byte, p int) int {
	depth := 0
	for p < len(b) {
		switch b[p] {
		case '"':
			p = endOfString(b, p)
			if depth == 0 {
				return p
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return p
			}
			if depth--; depth == 0 {
				return p + 1
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return p
			}
		}
		p++
	}
	return p
}

func slowAttr(object []byte, name string) string {
	var all map[string]json.RawMessage
	if json.Unmarshal(object, &all) != nil {
		return ""
	}
	raw := all[name]
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}
