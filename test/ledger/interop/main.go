package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type input struct {
	Vkey, Note             string
	Size, Old              int64
	Root, OldRoot, Leaf    string
	Index                  int64
	Inclusion, Consistency []string
	Tiles                  map[string]string
}

func hash(s string) (h tlog.Hash) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || copy(h[:], b) != 32 {
		panic("hash")
	}
	return
}

func hashes(list []string) (out []tlog.Hash) {
	for _, s := range list {
		out = append(out, hash(s))
	}
	return
}

type tiles map[string]string

func (t tiles) Height() int { return 8 }
func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range list {
		s, ok := t[strings.Replace(tile.Path(), "tile/8/", "tile/", 1)]
		if !ok {
			return nil, fmt.Errorf("no tile %s", tile.Path())
		}
		b, _ := base64.StdEncoding.DecodeString(s)
		out = append(out, b)
	}
	return out, nil
}
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func main() {
	var in input
	must(json.NewDecoder(os.Stdin).Decode(&in))
	v, err := note.NewVerifier(in.Vkey)
	must(err)
	n, err := note.Open([]byte(in.Note), note.VerifierList(v))
	must(err)
	must(tlog.CheckRecord(hashes(in.Inclusion), in.Size, hash(in.Root), in.Index, hash(in.Leaf)))
	must(tlog.CheckTree(hashes(in.Consistency), in.Size, hash(in.Root), in.Old, hash(in.OldRoot)))
	r := tlog.TileHashReader(tlog.Tree{N: in.Size, Hash: hash(in.Root)}, tiles(in.Tiles))
	p, err := tlog.ProveRecord(in.Size, in.Index, r)
	must(err)
	must(tlog.CheckRecord(p, in.Size, hash(in.Root), in.Index, hash(in.Leaf)))
	fmt.Println("OK", len(n.Sigs), len(n.UnverifiedSigs), len(p))
}
