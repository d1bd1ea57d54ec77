// The C++17 face of plugin.h: header-only, no dependency, nothing of it crosses the boundary.
//
// A connector is a class with three functions:
//
//     class Greetings final : public cdh::Connector {
//      public:
//       Greetings(const cdh::Settings& settings, cdh::Host&)
//           : count_(settings.integer("count")) {}
//       std::vector<cdh::Stream> discover() override {
//         return {{"greetings", "Friendly lines", cdh::Schema({"id", "line"}), {"id"}}};
//       }
//       void start(const cdh::ReadRequest&) override { next_ = 0; }
//       bool read(cdh::BatchBuilder& out) override {
//         if (next_ == count_) return false;
//         out.set_schema(cdh::Schema({"id", "line"}));
//         cdh::RowBuilder row = out.add_row(++next_);
//         row.integer(0, next_);
//         row.text(1, "hello");
//         return true;
//       }
//      private:
//       std::int64_t count_, next_ = 0;
//     };
//     constexpr cdh::Option kOptions[] = {{"count", CDH_OPTION_INTEGER, "How many lines.", "3"}};
//     CDH_PLUGIN_CONNECTOR(Greetings, "greetings", "1.0", "Says hello.", kOptions)
//
// A transform derives from cdh::RecordTransform and changes one record at a time. Failures are
// thrown as cdh::PluginError; the trampolines in export.hpp are the only place where they become a status.
#ifndef CDH_PLUGIN_HPP
#define CDH_PLUGIN_HPP

#include <cdh/batch_builder.hpp>
#include <cdh/connector.hpp>
#include <cdh/error.hpp>
#include <cdh/export.hpp>
#include <cdh/plugin.h>
#include <cdh/schema.hpp>
#include <cdh/settings.hpp>
#include <cdh/transform.hpp>

#endif
