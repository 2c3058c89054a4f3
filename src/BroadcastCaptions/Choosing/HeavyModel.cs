using System.Globalization;
using BroadcastCaptions.Options;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Choosing;

/// <summary>A model that the user named and that is too slow here for words as they are spoken: it makes the finals, a light one the partials.</summary>
internal static class HeavyModel
{
    /// <summary>
    /// The light model that is to hear growing segments beside it, told to the user; null where the model does that itself. Measures what a partial takes
    /// where that is not known. Moonshine's are light enough wherever two cores are: what they take is not measured when they are named.
    /// </summary>
    /// <param name="loader">Loads models.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">Threads and device.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<string?> LightBesideAsync(ModelLoader loader, string name, ISpeechModel model, ModelOptions options, CancellationToken cancellation)
    {
        var entry = loader.Store.Catalogue.Find(name);
        if (AutoModel.Choices.Any(choice => choice.Name == name)) return null;
        var (budget, memory) = (CpuBudget.Of(options), new SpeedMemory());
        if (memory.Find(entry, budget.Threads, options.Device) is not { } cost)
        {
            Screen.Console.WriteLine($"Measuring how fast this machine recognises with {name}; only the first start does.");
            cost = await SpeedProbe.MeasureAsync(model, cancellation);
            memory.Keep(entry, budget.Threads, cost, options.Device);
        }

        if (LatencyTarget.Holds(cost, budget.Share)) return null;
        var light = AutoModel.Choices.Last().Name;
        var seconds = cost.ToString("0.00", CultureInfo.InvariantCulture);
        Screen.Console.WriteLine($"{name} is too slow here for words as they are spoken (a partial takes {seconds} s): {light} shows them, and {name} makes the finals.");
        return light;
    }
}
