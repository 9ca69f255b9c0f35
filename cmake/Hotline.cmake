# What every target of the project shares: language level, warnings, sanitizers, ccache.

option(HOTLINE_TESTS "Build the tests" ON)
option(HOTLINE_BENCH "Build the micro-benchmarks" OFF)
option(HOTLINE_FUZZ "Build the libFuzzer harnesses (clang)" OFF)
set(HOTLINE_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers can be cached only where ccache is told not to look at their times.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1 ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(hotline_options INTERFACE)
target_compile_options(hotline_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  # False alarms of g++ 12 about std::string, heard where its header is precompiled.
  target_compile_options(hotline_options INTERFACE -Wno-array-bounds -Wno-restrict
                         -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(HOTLINE_SANITIZE)
  target_compile_options(hotline_options INTERFACE -fsanitize=${HOTLINE_SANITIZE}
                         -fno-omit-frame-pointer)
  target_link_options(hotline_options INTERFACE -fsanitize=${HOTLINE_SANITIZE})
endif()
if(HOTLINE_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Half the time to build. A null pointer stops the process all the same; what reads foreign bytes
  # is checked for alignment where it is fuzzed.
  target_compile_options(hotline_options INTERFACE -fno-sanitize=null,alignment)
endif()
if(HOTLINE_SANITIZE STREQUAL "thread")
  # Asio's fences stand beside its mutexes, which are enough; the sanitizer does not know fences.
  target_compile_definitions(hotline_options INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
if(HOTLINE_FUZZ)
  target_compile_options(hotline_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# What nearly every file of the core includes.
set(HOTLINE_COMMON_HEADERS <chrono> <functional> <memory> <optional> <string> <string_view>
    <unordered_map> <utility> <variant> <vector>)

# An adapter: a static library on the pure core, with the heavy headers that most of its files
# include compiled once. hotline_adapter(NAME SOURCES… [LIBS …] [PRECOMPILE …])
function(hotline_adapter name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;PRECOMPILE" ${ARGN})
  add_library(hotline_${name} STATIC ${ARG_SOURCES})
  target_include_directories(hotline_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(hotline_${name} PUBLIC hotline_core PRIVATE ${ARG_LIBS})
  target_precompile_headers(hotline_${name} PRIVATE ${HOTLINE_COMMON_HEADERS} ${ARG_PRECOMPILE})
endfunction()

# A GoogleTest binary of one module; each of its cases is a ctest case. THREADED ones run under
# ThreadSanitizer too (scripts/test). OPTIMISED: its own code runs often.
# hotline_unit_test(NAME [THREADED] [OPTIMISED] SOURCES… [LIBS …])
function(hotline_unit_test name)
  cmake_parse_arguments(ARG "THREADED;OPTIMISED" "" "SOURCES;LIBS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests
                             ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(test_${name} PRIVATE
                             HOTLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # Most tests' own code runs once: optimising it was a third of the whole build.
  if(NOT ARG_OPTIMISED)
    target_compile_options(test_${name} PRIVATE -O0)
  endif()
  target_link_libraries(test_${name} PRIVATE hotline_core ${ARG_LIBS} GTest::gtest_main
                        GTest::gmock)
  target_precompile_headers(test_${name} PRIVATE ${HOTLINE_COMMON_HEADERS} <gtest/gtest.h>)
  set(label unit)
  if(ARG_THREADED)
    set(label threaded)
    if(NOT TARGET threaded_tests)
      add_custom_target(threaded_tests)
    endif()
    add_dependencies(threaded_tests test_${name})
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS ${label} TIMEOUT 120)
endfunction()
