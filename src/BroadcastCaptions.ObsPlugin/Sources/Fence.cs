using System.Runtime.CompilerServices;
using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>The fence at every entry of the host that is not on an audio thread: no exception crosses, each is logged.</summary>
internal static class Fence
{
    /// <summary>Runs it.</summary>
    public static void Run(Action action, [CallerMemberName] string entry = "")
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Log.Fault(entry, e);
        }
    }

    /// <summary>Runs it, and gives what it returns; null where it threw.</summary>
    public static nint Get(Func<nint> action, [CallerMemberName] string entry = "")
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            Log.Fault(entry, e);
            return 0;
        }
    }
}
