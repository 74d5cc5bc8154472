package paper

import "time"

// Lang is the language of a document's fixed words ("第 1 页 共 3 页" or "Page 1 of 3") and of how its lines are set. The texts of the document are the
// caller's, already in that language.
type Lang string

// The languages of documents; any other value counts as Chinese.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// MaxPages is how many pages a document may have, MaxBundle how many all the documents of one file.
const (
	MaxPages  = 200
	MaxBundle = 2000
)

// Document is one form, report or letter. All fields but Body may be empty; what is empty takes no room.
type Document struct {
	Lang         Lang
	Title        string
	Subtitle     string // a second line below the title, such as the title in the other language
	Organisation string // printed above the title, on letters as the letterhead
	Number       string // the number of this copy of the form
	FormCode     string // the code of the form as such, in the foot
	FormVersion  string // its version, in the foot
	Landscape    bool   // the page lies on its side, for wide tables
	Letter       bool   // larger type, wider margins, a letterhead and running text
	Head         []Field
	Body         []Block
	Watermark    string
	Created      time.Time // the only moment that the file holds; from the caller's clock
}

// Field is a label with its value.
type Field struct {
	Label string
	Value string
	Wide  bool // takes a whole row of its grid
	Lines int  // the least number of lines it gets, for what is written in by hand; 0 = 1
}

// Block is a part of a document's body: Heading, Text, Grid, Table, Signoffs, Closing, Code or Gap.
type Block interface {
	// layout sets the block from where the flow stands; keep is the height that must stay on the page with its last lines.
	layout(f *flow, keep float64)
	// least gives the least height the block takes on the page where it begins.
	least(f *flow) float64
	// texts yields every text of the block.
	texts(yield func(string))
}

// Heading begins a part of the document and stays with what follows it.
type Heading struct{ Text string }

// Align says where a line or a cell's text stands.
type Align uint8

// Start is at the left edge, and for running Chinese text justified on both sides.
const (
	Start Align = iota
	Center
	End
)

// Text is running text; a line break begins a paragraph. In a Chinese letter the address at its beginning (a short first paragraph that ends in a colon) and the
// closing 敬礼 stand at the edge, as is the custom, and all other paragraphs are indented.
type Text struct {
	Body  string
	Flush bool // no indent of the first line (in Chinese two hanzi wide)
	Align Align
	Small bool // notes below a table
}

// Grid is a bordered grid of labels and values.
type Grid struct {
	Columns int // pairs of label and value in a row; 0 = 2
	Fields  []Field
}

// Kind says what a column of a table holds.
type Kind uint8

// A number stands at the right and can be added up in the workbook, a date stands in the middle. Written is text that is never a number: it keeps its zeros.
const (
	Written Kind = iota
	Number
	Date
	Choice // a short mark or grade, in the middle
)

// Column is a column of a table.
type Column struct {
	Title string
	Kind  Kind
	Width float64 // the share of the table's width, relative to the other columns; 0 = by what it holds
}

// Row is a row of a table: one text per column, fewer leave cells empty.
type Row struct {
	Cells []string
	Total bool // stands out as a sum
}

// Table is a bordered table whose head is repeated on each page.
type Table struct {
	Title   string // above the table, and the name of its sheet in the workbook
	Columns []Column
	Rows    []Row
}

// Signoff is a box in which one post gives its opinion and signs. What is not known yet leaves room to write it by hand.
type Signoff struct {
	Post    string
	Opinion string
	Name    string
	Date    string
	Seal    bool // room for a seal in the box
}

// Signoffs are the boxes of a chain of approvals, in their order.
type Signoffs struct {
	Columns int // boxes side by side, 1 or 2; 0 = 1
	Boxes   []Signoff
}

// Closing ends a letter or report: who issues it and on which date, at the right, with the area of the seal over both. It stays with the last
// lines of the text before it.
type Closing struct {
	Organisation string
	Date         string
	Seal         bool
}

// Gap leaves room of a number of lines; at the top of a page it leaves none.
type Gap struct{ Lines float64 }
