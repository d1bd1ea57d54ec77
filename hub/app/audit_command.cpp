#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/table.hpp"
#include "hub/base/text.hpp"
#include "hub/store/audit.hpp"

namespace cdh {

namespace {

void list(const Globals& globals, std::size_t most) {
  OpenedHub hub(globals, Database::Mode::view);
  Table table({"event", "at", "who", "action", "subject", "hash"});
  for (const AuditEntry& entry : list_audit_events(hub.database, most)) {
    table.add({entry.head.id, entry.at, entry.event.who, entry.event.action, entry.event.subject,
               entry.head.hash});
  }
  table.print(std::cout, globals.format);
}

void verify(Globals& globals, const std::vector<std::string>& kept) {
  std::vector<AuditHead> heads;
  for (const std::string& text : kept) heads.push_back(parse_audit_head(text));
  OpenedHub hub(globals, Database::Mode::view);
  const Transaction one_state(hub.database, Transaction::Access::read);
  const std::vector<std::string> faults = audit_faults(hub.database, heads);
  const AuditHead head = audit_head(hub.database);
  if (!faults.empty()) globals.exit_code = 1;
  if (globals.format == Format::json) {
    const nlohmann::ordered_json json = {
        {"ok", faults.empty()}, {"head", head.id == 0 ? "" : to_text(head)}, {"faults", faults}};
    std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    return;
  }
  for (const std::string& fault : faults) std::cout << "wrong: " << fault << '\n';
  if (!faults.empty()) return;
  std::cout << "ok: " << counted(head.id, "event", "events");
  if (!head.hash.empty()) std::cout << ", up to " << to_text(head);
  std::cout << '\n';
}

}  // namespace

void add_audit(CLI::App& app, Globals& globals) {
  auto* audit = app.add_subcommand("audit", "Who did what: acts, and changes of the configuration");
  audit->require_subcommand(1);

  auto most = std::make_shared<std::size_t>(50);
  auto* list_them = audit->add_subcommand("list", "The last events, the newest first");
  list_them->add_option("--most", *most, "At most so many")->capture_default_str();
  list_them->callback([&globals, most] { list(globals, *most); });

  auto heads = std::make_shared<std::vector<std::string>>();
  auto* verify_it =
      audit->add_subcommand("verify", "Tell whether an event was changed, removed or put in");
  verify_it->add_option("HEAD", *heads,
                        "Heads of the trail that were kept elsewhere, as a run's report has them: "
                        "17:9f86d0...");
  verify_it->footer("Exit codes: 0 all well, 1 something is wrong.");
  verify_it->callback([&globals, heads] { verify(globals, *heads); });
}

}  // namespace cdh
