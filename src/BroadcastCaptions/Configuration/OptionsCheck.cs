using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using BroadcastCaptions.Failures;
using Microsoft.Extensions.Configuration;

namespace BroadcastCaptions.Configuration;

/// <summary>Holds what was configured against the options' types and ranges; the first fault ends it, naming key, value and what is allowed.</summary>
internal sealed class OptionsCheck
{
    private readonly IConfigurationRoot _root;
    private readonly string _file;
    private readonly IReadOnlyList<GivenOption> _given;

    private OptionsCheck(IConfigurationRoot root, string file, IReadOnlyList<GivenOption> given) => (_root, _file, _given) = (root, file, given);

    /// <summary>Checks what was configured against the type that it will be bound to.</summary>
    /// <param name="root">All of it.</param>
    /// <param name="type">The options' type.</param>
    /// <param name="file">The configuration file, to be named.</param>
    /// <param name="given">The options of the command line, likewise.</param>
    /// <exception cref="CaptionsException">Something is unknown or not allowed.</exception>
    public static void Check(IConfigurationRoot root, Type type, string file, IReadOnlyList<GivenOption> given) => new OptionsCheck(root, file, given).Section(root, type);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The options' assembly is kept whole: TrimmerRootAssembly in the project file.")]
    private void Section(IConfiguration section, Type type)
    {
        var properties = type.GetProperties().Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (child.Path == "$schema") continue;
            if (!properties.TryGetValue(child.Key, out var property)) throw Unknown(child, properties.Keys);
            Property(child, property);
        }
    }

    private void Property(IConfigurationSection child, PropertyInfo property)
    {
        var rule = OptionRule.Of(property);
        if (rule.Kind == OptionKind.Section)
        {
            if (child.Value is { Length: > 0 }) throw NotAllowed(child, rule);
            Section(child, property.PropertyType);
        }
        else if (rule.Kind == OptionKind.List)
        {
            // A list given as text (in a variable, say) would be dropped in silence by the binder.
            if (child.Value is { Length: > 0 } || child.GetChildren().Any(item => item.Value is null)) throw NotAllowed(child, rule);
        }
        else if (!rule.Allows(child.Value, hasChildren: child.GetChildren().Any()))
        {
            throw NotAllowed(child, rule);
        }
    }

    private CaptionsException NotAllowed(IConfigurationSection at, OptionRule rule)
    {
        var (place, key) = Origin(at);
        var value = at.Value is null ? "a list or an object" : $"\"{at.Value}\"";
        return new CaptionsException($"{place}{key} is {value}; {rule.Allowed} is allowed.", $"Correct {key}.", ExitCode.Usage);
    }

    private CaptionsException Unknown(IConfigurationSection at, IEnumerable<string> known)
    {
        var (place, key) = Origin(at);
        var names = string.Join(", ", known.Select(OptionRule.JsonName).Order(StringComparer.Ordinal));
        return new CaptionsException($"{place}there is no option {key}; {names} are allowed here.", $"Correct or remove {key}.", ExitCode.Usage);
    }

    /// <summary>Where a value came from, and its key as it is written there.</summary>
    private (string Place, string Key) Origin(IConfigurationSection at)
    {
        var providers = _root.Providers.Reverse().ToList();
        var provider = providers.Find(p => p.TryGet(at.Path, out _)) ?? providers.Find(p => p.GetChildKeys([], at.Path).Any());
        return provider?.GetType().Name switch
        {
            "EnvironmentVariablesConfigurationProvider" => ("The environment: ", "CAPTIONS__" + at.Path.Replace(":", "__").ToUpperInvariant()),
            "MemoryConfigurationProvider" => ("", _given.First(option => option.Key.StartsWith(at.Path, StringComparison.OrdinalIgnoreCase)).Name),
            _ => ($"{_file}: ", Dotted(at.Path)),
        };
    }

    private static string Dotted(string path) => string.Join('.', path.Split(':').Select(OptionRule.JsonName));
}
