using BroadcastCaptions.Events;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Models.Devices;

namespace BroadcastCaptions.Choosing;

/// <summary>
/// What computes. <c>auto</c> is the processor; another device only where it was asked for once (<c>--device</c> measures it) and turned out to
/// be faster with a model that the session may run: an offer alone says nothing, for small models lose on the way to a card and back.
/// </summary>
/// <param name="Asked">What the options say.</param>
/// <param name="Granted">What computes; never auto.</param>
internal sealed record DeviceChoice(Device Asked, Device Granted)
{
    /// <summary>For the user: what was granted, and why the rest was not.</summary>
    public ComponentState State => new("device", Health.Ok, ComputeDevice.Describe(Asked, Granted));

    /// <summary>Chooses, from what ONNX Runtime offers here.</summary>
    public static DeviceChoice Of(ModelOptions options, SpeedMemory memory) => Of(options, memory, ComputeDevice.Offered);

    /// <summary>Chooses, from what is offered.</summary>
    public static DeviceChoice Of(ModelOptions options, SpeedMemory memory, IReadOnlyList<Device> offered)
    {
        if (options.Device != Device.Auto) return new(options.Device, options.Device);
        var threads = CpuBudget.Of(options).Threads;
        var models = AutoModel.Choices.Where(model => options.IsAuto || string.Equals(model.Name, options.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var best = offered.Where(device => device != Device.Cpu)
            .Select(device => (Device: device, Gain: models.Max(model => Gain(model, device))))
            .OrderByDescending(pair => pair.Gain).FirstOrDefault();
        return new(Device.Auto, best.Gain > 1 ? best.Device : Device.Cpu);

        double Gain(CatalogueModel model, Device device) => memory.Find(model, threads) / memory.Find(model, threads, device) ?? 0;
    }
}
