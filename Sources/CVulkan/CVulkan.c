#define VK_NO_PROTOTYPES
#include "CVulkan.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vulkan/vulkan_core.h>

#define FUNCTIONS(X)                                                                                          \
    X(vkDestroyInstance) X(vkEnumeratePhysicalDevices) X(vkGetPhysicalDeviceProperties2)                      \
    X(vkEnumerateDeviceExtensionProperties) X(vkGetPhysicalDeviceImageFormatProperties2)                      \
    X(vkGetPhysicalDeviceMemoryProperties) X(vkCreateDevice) X(vkDestroyDevice) X(vkCreateImage)              \
    X(vkDestroyImage) X(vkGetImageMemoryRequirements2) X(vkAllocateMemory) X(vkFreeMemory) X(vkGetDeviceProcAddr)

struct phosphor_vulkan {
    void *library;
    VkInstance instance;
    VkPhysicalDevice physical;
    VkDevice device;
    VkPhysicalDeviceMemoryProperties memory;
    int dedicatedOnly;
    PFN_vkGetMemoryFdKHR vkGetMemoryFdKHR;
#define MEMBER(name) PFN_##name name;
    FUNCTIONS(MEMBER)
#undef MEMBER
};

static const VkExternalMemoryHandleTypeFlagBits handle = VK_EXTERNAL_MEMORY_HANDLE_TYPE_OPAQUE_FD_BIT;
// What GL may do with it, which decides how drivers lay it out: draw, sample and copy.
static const VkImageUsageFlags usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT |
                                       VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;

static int has_extension(struct phosphor_vulkan *v, VkPhysicalDevice physical, const char *name) {
    uint32_t count = 0;
    if (v->vkEnumerateDeviceExtensionProperties(physical, NULL, &count, NULL) != VK_SUCCESS || !count) return 0;
    VkExtensionProperties *all = calloc(count, sizeof *all);
    int found = 0;
    if (all && v->vkEnumerateDeviceExtensionProperties(physical, NULL, &count, all) >= 0)
        for (uint32_t i = 0; i < count && !found; i++) found = !strcmp(all[i].extensionName, name);
    free(all);
    return found;
}

// Whether the device exports such pictures, and whether each needs memory of its own.
static int exports(struct phosphor_vulkan *v) {
    VkPhysicalDeviceExternalImageFormatInfo external = {
        .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_IMAGE_FORMAT_INFO, .handleType = handle};
    VkPhysicalDeviceImageFormatInfo2 info = {
        .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_IMAGE_FORMAT_INFO_2,
        .pNext = &external,
        .format = VK_FORMAT_R8G8B8A8_UNORM,
        .type = VK_IMAGE_TYPE_2D,
        .tiling = VK_IMAGE_TILING_OPTIMAL,
        .usage = usage};
    VkExternalImageFormatProperties can = {.sType = VK_STRUCTURE_TYPE_EXTERNAL_IMAGE_FORMAT_PROPERTIES};
    VkImageFormatProperties2 properties = {.sType = VK_STRUCTURE_TYPE_IMAGE_FORMAT_PROPERTIES_2, .pNext = &can};
    if (v->vkGetPhysicalDeviceImageFormatProperties2(v->physical, &info, &properties) != VK_SUCCESS) return 0;
    VkExternalMemoryFeatureFlags features = can.externalMemoryProperties.externalMemoryFeatures;
    v->dedicatedOnly = (features & VK_EXTERNAL_MEMORY_FEATURE_DEDICATED_ONLY_BIT) != 0;
    return (features & VK_EXTERNAL_MEMORY_FEATURE_EXPORTABLE_BIT) != 0;
}

static int find_device(struct phosphor_vulkan *v, const uint8_t *driver, const uint8_t *device, char *reason,
                       size_t room) {
    VkPhysicalDevice all[16];
    uint32_t count = 16;
    if (v->vkEnumeratePhysicalDevices(v->instance, &count, all) < 0 || count == 0) {
        snprintf(reason, room, "Vulkan has no driver here; for Mesa's, install mesa-vulkan-drivers");
        return -1;
    }
    char other[VK_MAX_PHYSICAL_DEVICE_NAME_SIZE] = "";
    for (uint32_t i = 0; i < count; i++) {
        VkPhysicalDeviceIDProperties identity = {.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ID_PROPERTIES};
        VkPhysicalDeviceProperties2 properties = {
            .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &identity};
        v->vkGetPhysicalDeviceProperties2(all[i], &properties);
        if (memcmp(identity.deviceUUID, device, 16) || memcmp(identity.driverUUID, driver, 16)) {
            snprintf(other, sizeof other, "%s", properties.properties.deviceName);
            continue;
        }
        if (!has_extension(v, all[i], VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME)) {
            snprintf(reason, room, "Vulkan's %s exports no memory", properties.properties.deviceName);
            return -1;
        }
        v->physical = all[i];
        return 0;
    }
    snprintf(reason, room, "Vulkan's %s is not what OpenGL draws with, or of another version", other);
    return -1;
}

static int make_device(struct phosphor_vulkan *v) {
    float priority = 0;
    VkDeviceQueueCreateInfo queue = {
        .sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO, .queueCount = 1, .pQueuePriorities = &priority};
    const char *extension = VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME;
    VkDeviceCreateInfo info = {.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
                               .queueCreateInfoCount = 1,
                               .pQueueCreateInfos = &queue,
                               .enabledExtensionCount = 1,
                               .ppEnabledExtensionNames = &extension};
    if (v->vkCreateDevice(v->physical, &info, NULL, &v->device) != VK_SUCCESS) return -1;
    v->vkGetMemoryFdKHR = (PFN_vkGetMemoryFdKHR)v->vkGetDeviceProcAddr(v->device, "vkGetMemoryFdKHR");
    v->vkGetPhysicalDeviceMemoryProperties(v->physical, &v->memory);
    return v->vkGetMemoryFdKHR ? 0 : -1;
}

static int open_all(struct phosphor_vulkan *v, const uint8_t *driver, const uint8_t *device, char *reason,
                    size_t room) {
    v->library = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!v->library) {
        snprintf(reason, room, "there is no Vulkan here (libvulkan.so.1); for Mesa's, install mesa-vulkan-drivers");
        return -1;
    }
    PFN_vkGetInstanceProcAddr get = (PFN_vkGetInstanceProcAddr)dlsym(v->library, "vkGetInstanceProcAddr");
    PFN_vkCreateInstance create = get ? (PFN_vkCreateInstance)get(NULL, "vkCreateInstance") : NULL;
    VkApplicationInfo application = {
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO, .pApplicationName = "phosphor", .apiVersion = VK_API_VERSION_1_1};
    VkInstanceCreateInfo info = {.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO, .pApplicationInfo = &application};
    VkResult result = create ? create(&info, NULL, &v->instance) : VK_ERROR_INITIALIZATION_FAILED;
    if (result == VK_ERROR_INCOMPATIBLE_DRIVER) {
        snprintf(reason, room, "Vulkan has no driver here; for Mesa's, install mesa-vulkan-drivers");
        return -1;
    }
    if (result != VK_SUCCESS) {
        snprintf(reason, room, "Vulkan does not start (error %d); it has to be version 1.1 or later", result);
        return -1;
    }
#define FIND(name)                                                      \
    if (!(v->name = (PFN_##name)get(v->instance, #name))) {             \
        snprintf(reason, room, "Vulkan has no %s; it is too old", #name); \
        return -1;                                                      \
    }
    FUNCTIONS(FIND)
#undef FIND
    if (find_device(v, driver, device, reason, room) < 0) return -1;
    if (!exports(v)) {
        snprintf(reason, room, "Vulkan's driver exports no pictures of RGBA8");
        return -1;
    }
    if (make_device(v) < 0) {
        snprintf(reason, room, "Vulkan's driver gives no device that exports memory");
        return -1;
    }
    return 0;
}

struct phosphor_vulkan *phosphor_vulkan_open(const uint8_t driver[16], const uint8_t device[16], char *reason,
                                             size_t room) {
    struct phosphor_vulkan *v = calloc(1, sizeof *v);
    if (!v) {
        snprintf(reason, room, "there is no memory left");
        return NULL;
    }
    if (open_all(v, driver, device, reason, room) == 0) return v;
    phosphor_vulkan_close(v);
    return NULL;
}

void phosphor_vulkan_close(struct phosphor_vulkan *v) {
    if (v->device && v->vkDestroyDevice) v->vkDestroyDevice(v->device, NULL);
    if (v->instance && v->vkDestroyInstance) v->vkDestroyInstance(v->instance, NULL);
    // The library stays: drivers leave threads and handlers behind that would be called in unmapped code.
    free(v);
}

int phosphor_vulkan_allocate(struct phosphor_vulkan *v, uint32_t width, uint32_t height, uint64_t *bytes,
                             int *dedicated, char *reason, size_t room) {
    VkExternalMemoryImageCreateInfo external = {
        .sType = VK_STRUCTURE_TYPE_EXTERNAL_MEMORY_IMAGE_CREATE_INFO, .handleTypes = handle};
    VkImageCreateInfo info = {.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO,
                              .pNext = &external,
                              .imageType = VK_IMAGE_TYPE_2D,
                              .format = VK_FORMAT_R8G8B8A8_UNORM,
                              .extent = {width, height, 1},
                              .mipLevels = 1,
                              .arrayLayers = 1,
                              .samples = VK_SAMPLE_COUNT_1_BIT,
                              .tiling = VK_IMAGE_TILING_OPTIMAL,
                              .usage = usage};
    VkImage image = VK_NULL_HANDLE;
    if (v->vkCreateImage(v->device, &info, NULL, &image) != VK_SUCCESS) {
        snprintf(reason, room, "Vulkan makes no picture of %ux%u", width, height);
        return -1;
    }
    VkMemoryDedicatedRequirements wish = {.sType = VK_STRUCTURE_TYPE_MEMORY_DEDICATED_REQUIREMENTS};
    VkMemoryRequirements2 needs = {.sType = VK_STRUCTURE_TYPE_MEMORY_REQUIREMENTS_2, .pNext = &wish};
    VkImageMemoryRequirementsInfo2 question = {
        .sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_REQUIREMENTS_INFO_2, .image = image};
    v->vkGetImageMemoryRequirements2(v->device, &question, &needs);
    *dedicated = v->dedicatedOnly || wish.prefersDedicatedAllocation || wish.requiresDedicatedAllocation;
    *bytes = needs.memoryRequirements.size;

    uint32_t type = UINT32_MAX, allowed = needs.memoryRequirements.memoryTypeBits;
    for (uint32_t i = 0; i < v->memory.memoryTypeCount; i++) {
        if (!(allowed & (1u << i))) continue;
        int isLocal = (v->memory.memoryTypes[i].propertyFlags & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) != 0;
        if (type == UINT32_MAX || isLocal) type = i;
        if (isLocal) break;
    }
    VkMemoryDedicatedAllocateInfo own = {.sType = VK_STRUCTURE_TYPE_MEMORY_DEDICATED_ALLOCATE_INFO, .image = image};
    VkExportMemoryAllocateInfo exported = {.sType = VK_STRUCTURE_TYPE_EXPORT_MEMORY_ALLOCATE_INFO,
                                           .pNext = *dedicated ? &own : NULL,
                                           .handleTypes = handle};
    VkMemoryAllocateInfo allocation = {.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
                                       .pNext = &exported,
                                       .allocationSize = *bytes,
                                       .memoryTypeIndex = type};
    VkDeviceMemory memory = VK_NULL_HANDLE;
    int fd = -1;
    if (type != UINT32_MAX && v->vkAllocateMemory(v->device, &allocation, NULL, &memory) == VK_SUCCESS) {
        VkMemoryGetFdInfoKHR get = {
            .sType = VK_STRUCTURE_TYPE_MEMORY_GET_FD_INFO_KHR, .memory = memory, .handleType = handle};
        if (v->vkGetMemoryFdKHR(v->device, &get, &fd) != VK_SUCCESS) fd = -1;
        v->vkFreeMemory(v->device, memory, NULL);
    }
    v->vkDestroyImage(v->device, image, NULL);
    if (fd < 0) snprintf(reason, room, "Vulkan has no memory to export for a picture of %ux%u", width, height);
    return fd;
}
