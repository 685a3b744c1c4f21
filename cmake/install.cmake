include(GNUInstallDirs)
install(TARGETS tercet_base tercet_extract tercet_graph tercet_export EXPORT tercet-targets)
