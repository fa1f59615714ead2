// What a person changes by drawing, as edits of the document: add, connect, group, rename, remove.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "topologies/drawing/positions.hpp"
#include "topologies/language/edit.hpp"

namespace nines {

/// Where a component, group or service is written: section, key, and which of a range it is.
struct WrittenAt {
  std::string section;
  std::string key;
  std::size_t number = 0;
  std::size_t of = 1;  ///< how many the key stands for
};
/// `name` of a domain: "domain:rack-a" or "rack-a".
std::optional<WrittenAt> written_at(const Node& root, const std::string& name);

/// "node-3": the first name of that stem that nothing is called yet.
std::string free_name(const Node& root, const std::string& stem);
/// Why a thing cannot be called so: "'web 1' has a blank". Empty: it can.
std::string why_no_name(const Node& root, const std::string& name);

/// Each returns false, and has changed nothing, where the document does not allow it.
bool add_component(DocumentEdit& edit, const std::string& name, const std::string& value,
                   const Position& at);
bool place(DocumentEdit& edit, const std::map<std::string, Position>& at);
bool add_link(DocumentEdit& edit, const std::string& a, const std::string& b);
bool add_group(DocumentEdit& edit, const std::string& name, const std::string& policy,
               const std::vector<std::string>& members);
bool add_domain(DocumentEdit& edit, const std::string& name,
                const std::vector<std::string>& members);
bool add_service(DocumentEdit& edit, const std::string& name, const std::string& from,
                 const std::vector<std::string>& through);
bool add_stream(DocumentEdit& edit, const std::string& from, const std::string& to);

/// Writes one of a range by itself, so that it can be changed alone.
bool set_apart(DocumentEdit& edit, const std::string& name);
/// Takes out components, groups, domains, services, links, streams, and the mentions of their
/// names.
bool remove(DocumentEdit& edit, const std::vector<std::string>& names);
/// With all mentions.
bool rename_thing(DocumentEdit& edit, const std::string& name, const std::string& by);
/// Components, the links between them and their positions, as a document of their own.
std::string copied(const DocumentEdit& edit, const std::vector<std::string>& names,
                   const std::map<std::string, Position>& at);
/// Adds what was copied, under new names where there are such already, a little aside; returns the
/// names of the components.
std::vector<std::string> paste(DocumentEdit& edit, const std::string& what);

/// To what a place in the text belongs: the keys around it, from the top.
KeyPath path_at(const Node& root, std::uint32_t offset);

}  // namespace nines
