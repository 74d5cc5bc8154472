// Package paper turns a Document into an A4 PDF that an office would sign, and into a workbook with the same content.
//
// It owns: what a printed form is made of (head, grids of labels and values, tables whose heads repeat over pages, running text, sign-off boxes, the
// area for the seal, page numbers, form code and version in the foot, a watermark), how Chinese and English lines are broken and justified, how
// blocks are spread over pages, the embedded faces, and the fixed words of a form in both languages. It knows no feature: which fields a form has,
// who may print it, how it is numbered and where the PDF is kept belong to the feature that prints.
//
// The same Document gives the same bytes every time: the only moment in the file is Document.Created, which the caller takes from its clock.
//
// What cannot be printed is never dropped silently. A character that neither face has is drawn as a crossed box and listed by Document.Missing; a
// document of more than MaxPages pages is refused with paper.too_long. Only characters that have no form of their own (joiners, direction marks,
// variation selectors) leave no mark.
//
// Lines follow the rules of Chinese setting: no closing mark or full stop begins a line, no opening bracket ends one, dashes and ellipses stay
// together, numbers and Latin words are not torn apart unless one alone is wider than the line, a full-width mark at the end of a line counts half,
// neighbouring full-width marks are drawn together, and hanzi keep a small distance from Latin letters and digits.
package paper
