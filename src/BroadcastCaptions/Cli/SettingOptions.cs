using System.CommandLine;
using System.Globalization;
using BroadcastCaptions.Configuration;

namespace BroadcastCaptions.Cli;

/// <summary>Command-line options that stand for a key of the configuration, and what the user gave of them.</summary>
internal sealed class SettingOptions
{
    private readonly List<(Option Option, Func<ParseResult, IEnumerable<GivenOption>> Read)> _settings = [];

    /// <summary>Adds an option whose value is a key's value.</summary>
    public SettingOptions Add<T>(string name, string key, string help, string? valueName = null, params string[] choices)
    {
        var option = new Option<T>(name) { Description = help, HelpName = valueName };
        if (choices.Length > 0) option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, choices);
        _settings.Add((option, result => [new(key, Text(result.GetValue(option)), name)]));
        return this;
    }

    /// <summary>Adds an option that may be given several times: a list.</summary>
    public SettingOptions AddList(string name, string key, string help, string valueName)
    {
        var option = new Option<string[]>(name) { Description = help, HelpName = valueName, AllowMultipleArgumentsPerToken = false };
        _settings.Add((option, result => result.GetValue(option)!.Select((item, i) => new GivenOption($"{key}:{i}", item, name))));
        return this;
    }

    /// <summary>Adds a switch that sets a key to a fixed value: "--no-obs" sets obs:enabled to false.</summary>
    public SettingOptions AddSwitch(string name, string key, bool value, string help)
    {
        var option = new Option<bool>(name) { Description = help };
        _settings.Add((option, result => [new(key, Text(result.GetValue(option) ? value : !value), name)]));
        return this;
    }

    /// <summary>Puts the options on a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _) in _settings) command.Options.Add(option);
    }

    /// <summary>What the user gave, for the configuration.</summary>
    public IEnumerable<GivenOption> Read(ParseResult result) => _settings
        .Where(setting => result.GetResult(setting.Option) is { Implicit: false })
        .SelectMany(setting => setting.Read(result));

    private static string? Text<T>(T value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
}
