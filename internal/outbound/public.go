package outbound

import "net/netip"

// reserved are the blocks that lead to nobody on the public internet, or to one
// who is not the one that was meant. For IPv6 only 2000::/3 is handed out at all,
// and these are the exceptions within.
//
// Source: IANA, IPv4 and IPv6 Special-Purpose Address Registries, 2026-11.
func reserved() []string {
	return []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
		"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23",     // Teredo, ORCHID, benchmarking and others of the IETF
		"2001:db8::/32", // documentation
		"2002::/16",     // 6to4: an IPv4 address in disguise, and out of use (RFC 7526)
		"2620:4f:8000::/48", "3fff::/20",
	}
}

// Block64 is the well-known prefix of NAT64 (RFC 6052): the last four bytes are
// the IPv4 address that is meant.
const block64 = "64:ff9b::/96"

// Public reports whether an address is one of the public internet. An IPv4
// address that stands in an IPv6 one, mapped or by NAT64, is judged as itself.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	if netip.MustParsePrefix(block64).Contains(a) {
		b := a.As16()
		return Public(netip.AddrFrom4([4]byte(b[12:])))
	}
	if a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) {
		return false
	}
	for _, block := range reserved() {
		if netip.MustParsePrefix(block).Contains(a) {
			return false
		}
	}
	return true
}

// never reports addresses that no configuration makes a server of: nobody's,
// and those of many.
func never(a netip.Addr) bool {
	a = a.Unmap()
	return !a.IsValid() || a.IsUnspecified() || a.IsMulticast() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}
