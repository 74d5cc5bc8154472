//go:build unix

package status

import "syscall"

// diskOf gives what is free and all there is where a folder lies, in bytes; 0 when it cannot be told.
func diskOf(dir string) (free, size int64) {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return 0, 0
	}
	block := int64(st.Bsize)                                  //nolint:unconvert // it is 32 bits on some systems
	return int64(st.Bavail) * block, int64(st.Blocks) * block // they have signs on some systems
}
