// Where the sanitizers bring an allocator of their own.
#include "server/memory.h"

namespace hotline::server {

void Thrift::look() {}

}  // namespace hotline::server
