cdh_fuzz(config SOURCES config_fuzz.cpp LINKS cdh_config)
