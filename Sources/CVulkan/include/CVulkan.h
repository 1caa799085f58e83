#pragma once
#include <stddef.h>
#include <stdint.h>

// Vulkan, as far as it allocates pictures that OpenGL can import: OpenGL itself can export none. Swift cannot make these
// calls, whose functions are found at run time and whose arguments are chains of structures behind void pointers.
// The library is loaded with dlopen(3), so that Phosphor runs where there is none.

struct phosphor_vulkan;

/// Opens Vulkan's device that has OpenGL's GL_DRIVER_UUID_EXT and GL_DEVICE_UUID_EXT. NULL with a reason for people,
/// cut to `room` bytes, on failure.
struct phosphor_vulkan *phosphor_vulkan_open(const uint8_t driver[16], const uint8_t device[16], char *reason,
                                             size_t room);
void phosphor_vulkan_close(struct phosphor_vulkan *vulkan);

/// Allocates the memory of one RGBA8 picture with optimal tiling, and gives a descriptor of it, which alone keeps it
/// from then on. `*bytes` is its size and `*dedicated` whether it may hold nothing but this picture, both as
/// GL_EXT_memory_object wants them. -1 with a reason on failure.
int phosphor_vulkan_allocate(struct phosphor_vulkan *vulkan, uint32_t width, uint32_t height, uint64_t *bytes,
                             int *dedicated, char *reason, size_t room);
