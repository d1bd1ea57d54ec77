// A reference that leads nowhere looks like one whose record is still to come: told in numbers, an
// administrator sees which it is.
#pragma once

#include <span>
#include <string>

#include "hub/store/publication.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

// "3042 references wait for records that are not there: sales_order.customer to erp/customers
// (3042)"; empty when none waits. The most frequent first.
std::string describe_waiting(std::span<const UnresolvedRef> refs,
                             std::span<const StreamName> streams);

}  // namespace cdh
