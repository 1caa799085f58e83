import CSystem
import Guest
import Logging
import Render

extension Host {
    /// Lets go of everything that a lost context held; true while there is nothing to draw with.
    ///
    /// The driver resets the contexts of all programs when a GPU hangs, whoever's fault that was. What is lost are GL's
    /// objects and nothing else: text, console, clock, guests, scripts and socket never were on the GPU.
    func isWithoutContext(now: UInt64) -> Bool {
        if panels != nil, surface.isLost || workspace.isHostResetDrilled {
            workspace.isHostResetDrilled = false
            // While the dead context is still current: without any, libepoxy would end the process at the first delete.
            headsets.contextWasLost(now: now)
            panels = nil
            supervisor.stopSharing()
            (rebuildDue, rebuildPause) = (now, 50_000_000)
            workspace.log.warning(
                "the graphics driver has reset the window's context; it is rebuilt")
        }
        guard panels == nil else { return false }
        guard now >= rebuildDue else { return true }
        do {
            try surface.rebuild { workspace.handle($0, now: phosphor_now()) }
            // What was held down will be let go of over another window, or over none.
            workspace.releaseAll()
            panels = try Panels(font: font)
            supervisor.shareImages()
            workspace.hostResets += 1
            workspace.statistics.forgive()
            workspace.notify(
                "the graphics driver was reset; the picture is back", now: now, seconds: 4)
            return false
        } catch {
            // Whatever it is, the text is safe and guests go on; a driver may need seconds to come back.
            panels = nil
            rebuildDue = now + rebuildPause
            rebuildPause = min(rebuildPause * 2, 5_000_000_000)
            workspace.log.warning("the window's context cannot be rebuilt yet: \(error)")
            return true
        }
    }
}
