// What jemalloc, the server's allocator, is told before main() (docs/adr/0004-jemalloc.md).
//
// A thousand calls a second come with some 400 MB of transactions that live for 32 s: in pages of
// 4 KiB the faults alone are a fifth of a call's CPU, in huge pages they are nothing. One arena:
// one thread makes nearly all of it. What is free stays for half a minute: to give huge pages back
// and ask for them again in each lull costs more than calls do.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf =
    "thp:always,narenas:1,metadata_thp:auto,dirty_decay_ms:30000,muzzy_decay_ms:0";
}
