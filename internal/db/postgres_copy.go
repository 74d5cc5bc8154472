package db

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// copyIn writes the rows of b into table, whose columns have the types of those of b.Table; with ord, the number of each row goes
// into a column of that name. The rows are written as the server reads them straight from what Bind says: the values of a row are
// few kinds, and looking up for each how it is written costs more than writing it.
func (p *postgresQ) copyIn(ctx context.Context, table string, b Bulk, ord bool) error {
	key := b.Table + " " + strings.Join(b.Columns, " ")
	types, err := p.columnTypes(ctx, key, b)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(b.Columns)+1)
	if ord {
		names, types = append(names, "ord"), append([]uint32{pgtype.Int8OID}, types...)
	}
	for _, c := range b.Columns {
		names = append(names, pgx.Identifier{c}.Sanitize())
	}
	text := "COPY " + pgx.Identifier{table}.Sanitize() + " (" + strings.Join(names, ", ") + ") FROM STDIN (FORMAT binary)"
	_, err = p.tx.Conn().PgConn().CopyFrom(ctx, &copyReader{b: b, ord: ord, types: types}, text)
	if err != nil {
		p.types.Delete(key) // perhaps the table is another one by now
	}
	return err
}

// columnTypes gives the types of the columns of b, which are asked for once.
func (p *postgresQ) columnTypes(ctx context.Context, key string, b Bulk) ([]uint32, error) {
	if v, ok := p.types.Load(key); ok {
		return v.([]uint32), nil
	}
	names := make([]string, len(b.Columns))
	for i, c := range b.Columns {
		names[i] = pgx.Identifier{c}.Sanitize()
	}
	said, err := p.tx.Conn().Prepare(ctx, "", "SELECT "+strings.Join(names, ", ")+" FROM "+pgx.Identifier{b.Table}.Sanitize())
	if err != nil {
		return nil, err
	}
	types := make([]uint32, len(said.Fields))
	for i, f := range said.Fields {
		types[i] = f.DataTypeOID
	}
	p.types.Store(key, types)
	return types, nil
}

// copyHead begins what COPY reads in binary: signature, flags, length of the extension.
const copyHead = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// copyReader gives the rows of a Bulk as COPY reads them. Each Read fills what it is given, so that what is sent has one size.
type copyReader struct {
	b     Bulk
	ord   bool
	types []uint32
	row   int
	col   int
	begun bool
	ended bool
	buf   []byte // rows that are written and not yet read; from at on
	at    int
	err   error
}

func (c *copyReader) Read(p []byte) (int, error) {
	c.buf, c.at = append(c.buf[:0], c.buf[c.at:]...), 0
	if !c.begun {
		c.begun = true
		c.buf = append(c.buf, copyHead...)
	}
	for ; c.row < c.b.N && len(c.buf) < len(p); c.row++ {
		if c.next(); c.err != nil {
			return 0, c.err
		}
	}
	if c.row == c.b.N && !c.ended {
		c.ended = true
		c.buf = append(c.buf, 0xff, 0xff)
	}
	n := copy(p, c.buf)
	if c.at = n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// next writes a row.
func (c *copyReader) next() {
	c.buf = binary.BigEndian.AppendUint16(c.buf, uint16(len(c.types)))
	if c.col = 0; c.ord {
		c.Int64(int64(c.row))
	}
	c.b.Bind(c.row, c)
	if c.err == nil && c.col != len(c.types) {
		c.err = fmt.Errorf("%s: %d values for %d columns", c.b.Table, c.col, len(c.types))
	}
}

// column goes on to the next column and gives its type; 0 when there is none or something went wrong before.
func (c *copyReader) column() uint32 {
	i := c.col
	if c.col++; c.err != nil || i >= len(c.types) {
		return 0
	}
	return c.types[i]
}

func (c *copyReader) Int64(v int64) {
	switch kind := c.column(); kind {
	case pgtype.Int8OID:
		c.buf = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(c.buf, 8), uint64(v))
	case pgtype.Int4OID:
		if v < math.MinInt32 || v > math.MaxInt32 {
			c.err = fmt.Errorf("%s: %d is too large for column %d", c.b.Table, v, c.col)
		}
		c.buf = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(c.buf, 4), uint32(v))
	default:
		c.refuse("a number", kind)
	}
}

func (c *copyReader) Text(s string) {
	if kind := c.column(); kind != pgtype.TextOID {
		c.refuse("text", kind)
		return
	}
	c.buf = append(binary.BigEndian.AppendUint32(c.buf, uint32(len(s))), s...)
}

func (c *copyReader) Bytes(b []byte) {
	if kind := c.column(); kind != pgtype.TextOID {
		c.refuse("text", kind)
		return
	}
	c.buf = append(binary.BigEndian.AppendUint32(c.buf, uint32(len(b))), b...)
}

func (c *copyReader) Null() {
	c.column()
	c.buf = binary.BigEndian.AppendUint32(c.buf, math.MaxUint32)
}

func (c *copyReader) refuse(what string, kind uint32) {
	if c.err == nil && c.col <= len(c.types) {
		c.err = fmt.Errorf("%s: %s for column %d, whose type is %d", c.b.Table, what, c.col, kind)
	}
}
