package rule

import (
	"strings"
)

// withinSpec says which customers are compared: those with the same value of a field, or those connected by relations.
type withinSpec struct {
	pos
	Field    word  `yaml:"field" doc:"Customer field whose value customers share: region, industry, owner or a field of your own"`
	Relation words `yaml:"relation" doc:"Kinds of relations that connect customers into a group" enum:"parent|subsidiary|guarantor|kin|owner|other"`
}

// readNode accepts region beside the keys.
func (w *withinSpec) readNode(d *decoder, n *node, path string) {
	if n.kind == nodeScalar {
		w.pos = n.pos
		w.Field.readNode(d, n, path)
		return
	}
	d.keys(n, w, path)
}

// rateSpec is one line of the exchange rates.
type rateSpec struct {
	pos
	Currency word `yaml:"currency,required" doc:"ISO 4217 code of the other currency"`
	From     word `yaml:"from,required" doc:"First day the rate applies, until the next line of the same currency"`
	Rate     word `yaml:"rate,required" doc:"Units of the rulebook's currency for one unit of the other"`
	Clause   word `yaml:"clause" doc:"Clause that gives the rate"`
	Assumed  word `yaml:"assumed" doc:"true when the text does not give the rate" enum:"true|false"`
}

// relationCase is a relation of an example: [code, kind, code].
type relationCase struct {
	pos
	From, Kind, To word
}

func (r *relationCase) readNode(d *decoder, n *node, path string) {
	r.pos = n.pos
	if n.kind != nodeList || len(n.values) != 3 {
		d.c.add("case.relation_shape", d.file, n.pos, "")
		return
	}
	for i, w := range []*word{&r.From, &r.Kind, &r.To} {
		w.readNode(d, n.values[i], path)
	}
	if !contains(relationKinds, r.Kind.S) {
		d.c.add("relation.unknown", d.file, r.Kind.pos, "", r.Kind.S, strings.Join(relationKinds, ", "))
	}
}
