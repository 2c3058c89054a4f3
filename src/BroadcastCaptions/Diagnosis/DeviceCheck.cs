using BroadcastCaptions.Choosing;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models.Devices;

namespace BroadcastCaptions.Diagnosis;

/// <summary>What computes, and why no other device does.</summary>
internal static class DeviceCheck
{
    /// <summary>Tries the device that the options name.</summary>
    public static ComponentState Look(ModelOptions options)
    {
        var choice = DeviceChoice.Of(options, new SpeedMemory());
        try
        {
            ComputeDevice.Try(choice.Granted);
            return choice.State;
        }
        catch (CaptionsException e)
        {
            return new("device", Health.Failed, e.Message, e.Remedy);
        }
    }
}
